import type { CaseFile, Study } from '../api.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { useNames } from './names.tsx'
import { ZFigure } from './z-figure.tsx'

type Score = CaseFile['scores'][number]

const reasons: Record<
  string,
  'reasonTooManyMissing' | 'reasonNotAsked' | 'reasonNoAnswer' | 'reasonNotANumber' | 'reasonNoNorm' | 'reasonNoStratum'
> = {
  'too-many-missing': 'reasonTooManyMissing',
  'not-asked': 'reasonNotAsked',
  'no-answer': 'reasonNoAnswer',
  'not-a-number': 'reasonNotANumber',
  'no-norm': 'reasonNoNorm',
  'no-stratum': 'reasonNoStratum',
}

/** Everything that was scored: per scale a table, and where there is a norm a figure. */
export function Scores({ file, study }: { file: CaseFile; study: Study }) {
  const { say } = useDesk()
  const scales = [...Map.groupBy(file.scores, ({ instrument, scale }) => `${instrument} ${scale}`).values()]
  return (
    <section className="section" aria-labelledby="scores">
      <h2 id="scores">{say('scoresTitle')}</h2>
      {scales.length === 0 && <p>{say('scoresNone')}</p>}
      <div className="scales">
        {scales.map((scores) => (
          <Scale key={`${scores[0]?.instrument} ${scores[0]?.scale}`} scores={inOrder(scores, study)} file={file} study={study} />
        ))}
      </div>
    </section>
  )
}

function inOrder(scores: Score[], study: Study): Score[] {
  const place = (wave: string) => study.waves.findIndex(({ id }) => id === wave)
  return scores.toSorted((a, b) => place(a.wave) - place(b.wave))
}

function Scale({ scores, file, study }: { scores: Score[]; file: CaseFile; study: Study }) {
  const { say, number } = useDesk()
  const names = useNames()
  const [first] = scores
  if (!first) return null
  const withZ = scores.some(({ z }) => z !== null)
  const severalPeople = new Set(scores.map(({ participant }) => participant)).size > 1
  return (
    <article className="card scale">
      <h3>
        <Text of={first.title} />
      </h3>
      <p className="quiet">
        {names.instrument(first.instrument)}
        {first.range && `. ${say('scoreRange', { from: number(first.range[0]), to: number(first.range[1]) })}`}
        {first.worse && `, ${say(first.worse === 'high' ? 'scoreWorseHigh' : 'scoreWorseLow')}`}
      </p>
      {withZ && <ZFigure scores={scores} waves={study.waves.map(({ id }) => id)} participants={file.participants.map(({ id }) => id)} />}
      <table className="scores">
        <caption className="visually-hidden">
          <Text of={first.title} />
        </caption>
        <thead>
          <tr>
            <th scope="col">{say('scoreWave')}</th>
            {severalPeople && <th scope="col">{say('scoreWho')}</th>}
            <th scope="col" className="numeric">
              {say('scoreRaw')}
            </th>
            {withZ && (
              <>
                <th scope="col" className="numeric">
                  {say('scoreZ')}
                </th>
                <th scope="col">{say('scoreBand')}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {scores.map((score) => (
            <tr key={`${score.wave} ${score.participant}`}>
              <th scope="row">{score.wave}</th>
              {severalPeople && <td>{names.person(score.participant)}</td>}
              <td className="numeric">
                <Raw score={score} />
              </td>
              {withZ && (
                <>
                  <td className="numeric">{score.z === null ? '' : number(score.z, 2)}</td>
                  <td>
                    <Band score={score} />
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Versions scores={scores} />
    </article>
  )
}

function Raw({ score: { raw, reason, missing } }: { score: Score }) {
  const { say, number } = useDesk()
  if (raw === null) return <span className="quiet">{reason && reasons[reason] ? say(reasons[reason]) : ''}</span>
  return (
    <>
      {number(Math.round(raw * 100) / 100)}
      {missing > 0 && <span className="quiet"> ({say('scoreMissing', { count: missing })})</span>}
    </>
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

/** With which versions the scores of one scale were made, and which of those are not the real thing. */
function Versions({ scores }: { scores: Score[] }) {
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
