/** Which role, in which study, for which region. */
import type { StaffRole } from '../../../server/access/roles.ts'
import { useDesk } from '../shell/language.tsx'
import { roleLabels } from '../shell/role-labels.ts'
import type { Given, Staff } from './api.ts'

/** What is chosen until somebody chooses. */
export const usualRole = ({ studies, managesAll }: Staff): Given => ({
  study: studies[0]?.id ?? (managesAll ? '*' : ''),
  role: 'coordinator',
  region: '',
})

/** What goes to the server: no region is all of them. */
export const asGiven = ({ study, role, region }: Given): Given => ({ study, role, region: region.trim() || '*' })

export function RoleFields({ staff, given, set }: { staff: Staff; given: Given; set(given: Given): void }) {
  const { say } = useDesk()
  return (
    <div className="filters">
      <label className="field">
        {say('staffRole')}
        <select value={given.role} onChange={({ target }) => set({ ...given, role: target.value as StaffRole })}>
          {(Object.keys(roleLabels) as StaffRole[]).map((role) => (
            <option key={role} value={role}>
              {say(roleLabels[role])}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {say('staffStudy')}
        <select value={given.study} onChange={({ target }) => set({ ...given, study: target.value })}>
          {staff.studies.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
          {staff.managesAll && <option value="*">{say('staffAllStudies')}</option>}
        </select>
      </label>
      <label className="field">
        {say('staffRegion')}
        <input type="text" maxLength={100} value={given.region} onChange={({ target }) => set({ ...given, region: target.value })} />
      </label>
    </div>
  )
}
