import type { CaseFile, Study } from '../api.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { useNames } from './names.tsx'
import { RawScore, ScaleRange } from './raw-score.tsx'
import type { Score } from './scores.tsx'
import { sourceKey, sourcesIn } from './sources.ts'
import { ZFigure } from './z-figure.tsx'

/** One scale with a norm: its z over the waves as a figure, and raw score, z and band in a table. */
export function StandardScores({ scores, file, study }: { scores: Score[]; file: CaseFile; study: Study }) {
  const { say, number } = useDesk()
  const names = useNames()
  const [first] = scores
  if (!first) return null
  const sources = sourcesIn(file, scores)
  return (
    <div className="scale">
      <h4>
        <Text of={first.title} />
      </h4>
      <p className="quiet">
        <ScaleRange score={first} />
      </p>
      <ZFigure scores={scores} waves={study.waves.map(({ id }) => id)} sources={sources} />
      <table className="scores">
        <caption className="visually-hidden">
          <Text of={first.title} />
        </caption>
        <thead>
          <tr>
            <th scope="col">{say('scoreWave')}</th>
            {sources.length > 1 && <th scope="col">{say('scoreWho')}</th>}
            <th scope="col" className="numeric">
              {say('scoreRaw')}
            </th>
            <th scope="col" className="numeric">
              {say('scoreZ')}
            </th>
            <th scope="col">{say('scoreBand')}</th>
          </tr>
        </thead>
        <tbody>
          {scores.map((score) => (
            <tr key={`${score.wave} ${sourceKey(score)}`}>
              <th scope="row">{score.wave}</th>
              {sources.length > 1 && <td className="who">{names.source(score)}</td>}
              <td className="numeric">
                <RawScore score={score} />
              </td>
              <td className="numeric">
                {score.z !== null && number(score.z, 2)}
                {score.reason === 'no-stratum' && say('reasonNoStratum')}
              </td>
              <td>
                <Band score={score} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Band({ score: { band, bands } }: { score: Score }) {
  const found = bands.find(({ id }) => id === band)
  if (!found) return null
  return (
    <span className={`band band-${bands.indexOf(found)}`}>
      <Text of={found.label} />
    </span>
  )
}
