/** The server's routes for opening a study. */
import { queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { desk } from '../api.ts'
import type { EnteredStudy } from './draft.ts'

const routes = desk['new-study']

export type Choices = Ok<typeof routes.$get>
export type ProtocolChoice = Choices['protocols'][number]
export type StudyPreview = Ok<typeof routes.preview.$post>
export type Opened = Awaited<ReturnType<typeof openStudy>>

export const choicesQuery = queryOptions({ queryKey: ['new-study'], queryFn: () => take(routes.$get()) })
export const previewStudy = (json: EnteredStudy) => take(routes.preview.$post({ json }))
export const openStudy = (json: EnteredStudy) => take(routes.$post({ json }))
