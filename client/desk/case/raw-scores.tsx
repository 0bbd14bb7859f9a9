import type { CaseFile, Study } from '../api.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import { useNames } from './names.tsx'
import { RawScore, ScaleRange } from './raw-score.tsx'
import type { ScoresOfScale } from './scores.tsx'
import { sourceKey, sourcesIn } from './sources.ts'

interface RawScoresProps {
  title: string
  scales: ScoresOfScale[]
  file: CaseFile
  study: Study
}

/** Scales of one list that have no norm, side by side: a row each, a column for each wave and source. */
export function RawScores({ title, scales, file, study }: RawScoresProps) {
  const { say } = useDesk()
  const names = useNames()
  const all = scales.flatMap(({ scores }) => scores)
  const columns = study.waves.flatMap(({ id }) =>
    sourcesIn(
      file,
      all.filter(({ wave }) => wave === id),
    ).map((source) => ({ ...source, wave: id })),
  )
  const severalSources = new Set(columns.map(sourceKey)).size > 1
  return (
    <Scrolling label={title}>
      <table className="scores raw-scores">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{say('scoreScale')}</th>
            {columns.map((column) => (
              <th scope="col" className="numeric" key={`${column.wave} ${sourceKey(column)}`}>
                {column.wave}
                {severalSources && <span className="quiet raw-person"> {names.source(column)}</span>}
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
              {columns.map((column) => {
                const score = scores.find((one) => one.wave === column.wave && sourceKey(one) === sourceKey(column))
                return (
                  <td className="numeric" key={`${column.wave} ${sourceKey(column)}`}>
                    {score && <RawScore score={score} />}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}
