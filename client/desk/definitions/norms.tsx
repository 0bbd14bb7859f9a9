import { Text, useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import type { NormView } from './api.ts'
import { StandIn } from './stand-in.tsx'

/** Norm tables of an instrument: whom they are of, where they come from, and the mean and spread of each group. */
export function Norms({ norms }: { norms: NormView[] }) {
  const { say } = useDesk()
  if (norms.length === 0) return <p className="alert">{say('defNormsOfListNone')}</p>
  return (
    <ul className="definition-cards">
      {norms.map((norm) => (
        <li className="card" key={norm.reference}>
          <Norm norm={norm} />
        </li>
      ))}
    </ul>
  )
}

function Norm({ norm }: { norm: NormView }) {
  const { say, number, language } = useDesk()
  const title = norm.title[language] ?? norm.title.nl
  return (
    <>
      <h2>
        <Text of={norm.title} />
        {norm.status === 'stand-in' && <StandIn />}
        {norm.isAdopted && <span className="tag">{say('defAdopted')}</span>}
        {!norm.isForVersion && <span className="tag">{say('defNormNotForVersion')}</span>}
      </h2>
      <dl className="facts facts-small">
        <div>
          <dt>{say('defPopulation')}</dt>
          <dd>
            <Text of={norm.population} />
          </dd>
        </div>
        <div>
          <dt>{say('defYear')}</dt>
          <dd>{norm.year}</dd>
        </div>
        <div>
          <dt>{say('defSource')}</dt>
          <dd>{norm.source}</dd>
        </div>
        <div>
          <dt>{say('defForVersions')}</dt>
          <dd>
            <code>{norm.instrumentVersions}</code>
          </dd>
        </div>
      </dl>
      <Scrolling label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('defStratum')}</th>
              <th scope="col" className="numeric">
                {say('defMean')}
              </th>
              <th scope="col" className="numeric">
                {say('defSd')}
              </th>
              <th scope="col" className="numeric">
                {say('defN')}
              </th>
            </tr>
          </thead>
          <tbody>
            {norm.strata.map(({ id, when, mean, sd, n }) => (
              <tr key={id}>
                <th scope="row">
                  {id}{' '}
                  <span className="quiet">
                    {when === undefined
                      ? say('defEverybody')
                      : Object.entries(when)
                          .map(([fact, value]) => `${fact}: ${typeof value === 'string' ? value : `${value.from}–${value.to}`}`)
                          .join(', ')}
                  </span>
                </th>
                <td className="numeric">{number(mean)}</td>
                <td className="numeric">{number(sd)}</td>
                <td className="numeric">{n ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      {norm.bands && (
        <p>
          <span className="quiet">{say('defBands')}:</span>{' '}
          {norm.bands.bands.map(({ id, label, from }, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <Text of={label} />
              {from !== null && <span className="quiet"> ≥ {number(from, 2)}</span>}
            </span>
          ))}
        </p>
      )}
    </>
  )
}
