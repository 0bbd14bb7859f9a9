import { useDesk } from '../shell/language.tsx'

/** Says of a list or a norm that it is not the real one. */
export function StandIn() {
  const { say } = useDesk()
  return (
    <>
      {' '}
      <span className="tag">{say('standIn')}</span>
    </>
  )
}
