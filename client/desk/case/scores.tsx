import type { CaseFile, Study } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { useNames } from './names.tsx'
import { RawScores } from './raw-scores.tsx'
import { StandardScores } from './standard-scores.tsx'
import { Versions } from './versions.tsx'

export type Score = CaseFile['scores'][number]

export interface ScoresOfScale {
  scale: string
  /** In the order of the waves; never empty. */
  scores: Score[]
}

/** Everything that was scored, list by list: a table and a figure where there is a norm, raw scores side by side where there is none. */
export function Scores({ file, study }: { file: CaseFile; study: Study }) {
  const { say } = useDesk()
  const names = useNames()
  const place = (wave: string) => study.waves.findIndex(({ id }) => id === wave)
  const order = study.instruments.map(({ id }) => id)
  const lists = [...Map.groupBy(file.scores, ({ instrument }) => instrument)].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  return (
    <section className="section" aria-labelledby="scores">
      <h2 id="scores">{say('scoresTitle')}</h2>
      {lists.length === 0 && <p>{say('scoresNone')}</p>}
      <div className="scored-lists">
        {lists.map(([instrument, scores]) => {
          const scales = [...Map.groupBy(scores, ({ scale }) => scale)].map(([scale, ofScale]) => ({
            scale,
            scores: ofScale.toSorted((a, b) => place(a.wave) - place(b.wave)),
          }))
          const withNorm = scales.filter((one) => one.scores.some(({ norm }) => norm !== null))
          const without = scales.filter((one) => !withNorm.includes(one))
          return (
            <article key={instrument} className="card scored-list">
              <h3>{names.instrument(instrument)}</h3>
              {withNorm.length > 0 && (
                <div className="scales">
                  {withNorm.map((one) => (
                    <StandardScores key={one.scale} scores={one.scores} file={file} study={study} />
                  ))}
                </div>
              )}
              {without.length > 0 && <RawScores title={names.instrument(instrument)} scales={without} file={file} study={study} />}
              <Versions scores={scores} />
            </article>
          )
        })}
      </div>
    </section>
  )
}
