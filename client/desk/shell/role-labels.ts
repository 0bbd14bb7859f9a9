/** What each role of staff is called. */
import type { StaffRole } from '../../../server/access/roles.ts'

export const roleLabels = {
  administrator: 'roleAdministrator',
  'data manager': 'roleDataManager',
  coordinator: 'roleCoordinator',
  'file researcher': 'roleFileResearcher',
  interviewer: 'roleInterviewer',
  researcher: 'roleResearcher',
} as const satisfies Record<StaffRole, string>
