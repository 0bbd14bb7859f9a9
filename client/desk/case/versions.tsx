import { useDesk } from '../shell/language.tsx'
import type { Score } from './scores.tsx'

/** With which versions the scores were made, and which of those are not the real thing. */
export function Versions({ scores }: { scores: Score[] }) {
  const { say } = useDesk()
  const lists = new Map(scores.map(({ instrument, version, standIn }) => [`${instrument}@${version}`, standIn]))
  const norms = new Map(scores.flatMap(({ norm }) => (norm ? [[`${norm.id}@${norm.version}`, norm.standIn] as const] : [])))
  return (
    <ul className="versions">
      {[...lists].map(([list, standIn]) => (
        <li key={list}>
          {say('scoreList', { list })} {standIn && <StandIn />}
        </li>
      ))}
      {[...norms].map(([norm, standIn]) => (
        <li key={norm}>
          {say('scoreNorm', { norm })} {standIn && <StandIn />}
        </li>
      ))}
      {norms.size === 0 && <li>{say('scoreNoNorm')}</li>}
    </ul>
  )
}

function StandIn() {
  const { say } = useDesk()
  return <strong className="stand-in">{say('standIn')}</strong>
}
