import { queryOptions } from '@tanstack/react-query'
import { getStaff } from './api.ts'

export const staffQuery = queryOptions({ queryKey: ['staff'], queryFn: getStaff })
