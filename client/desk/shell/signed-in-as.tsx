/** Who is signed in, and the way out; in a demonstration over whose shoulder one looks. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import * as api from '../api.ts'
import { roleQuery } from '../queries.ts'
import { useDesk } from './language.tsx'
import { Link } from './link.tsx'
import { roleLabels } from './role-labels.ts'
import { useStaff } from './staff.tsx'

export function SignedInAs({ demonstration }: { demonstration: boolean }) {
  const { say } = useDesk()
  const { name } = useStaff()
  if (demonstration) return <LookingAs />
  return (
    <p className="signed-in">
      <Link href="/desk/account">{name}</Link>{' '}
      <button type="button" className="button-quiet" onClick={() => void api.signOut().then(() => location.assign('/desk'))}>
        {say('signOut')}
      </button>
    </p>
  )
}

function LookingAs() {
  const { say } = useDesk()
  const client = useQueryClient()
  const { data } = useQuery(roleQuery)
  if (!data) return null
  return (
    <label className="field field-inline">
      {say('lookingAs')}
      <select value={data.role} onChange={({ target }) => void api.chooseRole(target.value as api.Role).then(() => client.resetQueries())}>
        {data.roles.map((role) => (
          <option key={role} value={role}>
            {say(roleLabels[role])}
          </option>
        ))}
      </select>
    </label>
  )
}
