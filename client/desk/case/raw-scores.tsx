import type { CaseFile, Study } from '../api.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { useNames } from './names.tsx'
import { RawScore, ScaleRange } from './raw-score.tsx'
import type { ScoresOfScale } from './scores.tsx'

interface RawScoresProps {
  title: string
  scales: ScoresOfScale[]
  file: CaseFile
  study: Study
}

/** Scales of one list that have no norm, side by side: a row each, a column for each wave and person. */
export function RawScores({ title, scales, file, study }: RawScoresProps) {
  const { say } = useDesk()
  const names = useNames()
  const all = scales.flatMap(({ scores }) => scores)
  const columns = study.waves.flatMap((wave) =>
    file.participants
      .filter(({ id }) => all.some((score) => score.wave === wave.id && score.participant === id))
      .map(({ id }) => ({ wave: wave.id, participant: id })),
  )
  const severalPeople = new Set(columns.map(({ participant }) => participant)).size > 1
  return (
    <table className="scores raw-scores">
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{say('scoreScale')}</th>
          {columns.map(({ wave, participant }) => (
            <th scope="col" className="numeric" key={`${wave} ${participant}`}>
              {wave}
              {severalPeople && <span className="quiet raw-person"> {names.person(participant)}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {scales.map(({ scale, scores }) => (
          <tr key={scale}>
            <th scope="row">
              {scores[0] && <Text of={scores[0].title} />}
              <span className="quiet scale-range">{scores[0] && <ScaleRange score={scores[0]} />}</span>
            </th>
            {columns.map(({ wave, participant }) => {
              const score = scores.find((one) => one.wave === wave && one.participant === participant)
              return (
                <td className="numeric" key={`${wave} ${participant}`}>
                  {score && <RawScore score={score} />}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
