/** What the study asks, scores and plans by. */
import { useQuery } from '@tanstack/react-query'
import { studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import { useMayEverywhere } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { TitleOf } from '../shell/title-of.tsx'
import { type Definitions, definitionsQuery } from './api.ts'
import { Rescore } from './rescore.tsx'
import { StandIn } from './stand-in.tsx'

export function DefinitionsPage() {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const query = useQuery(definitionsQuery(id))
  const mayManage = useMayEverywhere(id, 'manage study')
  return (
    <Page title={say('defTitle')}>
      <p className="lead">{say('defLead')}</p>
      <p className="card">
        <strong>
          <Link href={at('/definitions/protocol')}>{say('defProtocol')}</Link>
        </strong>{' '}
        {say('defProtocolLead')}
      </p>
      <Fetched query={query}>
        {(definitions) => (
          <>
            <Lists instruments={definitions.instruments} />
            <Norms norms={definitions.norms} instruments={definitions.instruments} />
            <Prices prices={definitions.prices} />
            {mayManage && <Rescore />}
          </>
        )}
      </Fetched>
    </Page>
  )
}

function Lists({ instruments }: { instruments: Definitions['instruments'] }) {
  const { say, number } = useDesk()
  const { id, at } = useStudy()
  const { data: study } = useQuery(studyQuery(id))
  return (
    <section className="section">
      <h2 id="lists">{say('defLists')}</h2>
      <Scrolling label={say('defLists')}>
        <table className="definitions definitions-cards">
          <thead>
            <tr>
              <th scope="col">{say('defList')}</th>
              <th scope="col">{say('defAnsweredBy')}</th>
              <th scope="col" className="numeric">
                {say('defItems')}
              </th>
              <th scope="col" className="numeric">
                {say('defMinutes')}
              </th>
              <th scope="col" className="numeric">
                {say('defScales')}
              </th>
              <th scope="col">{say('defVersions')}</th>
              <th scope="col">{say('defLanguages')}</th>
            </tr>
          </thead>
          <tbody>
            {instruments.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <Link href={at(`/definitions/${one.reference}`)}>
                    <Text of={one.title} />
                  </Link>
                  {one.wording === 'stand-in' && <StandIn />}
                  {!one.isAsked && <span className="tag">{say('defNotAsked')}</span>}
                  <span className="quiet definition-about">
                    <Text of={one.measures} />
                  </span>
                </th>
                <td data-label={say('defAnsweredBy')}>
                  {one.respondents.map((role, index) => (
                    <span key={role}>
                      {index > 0 && ', '}
                      <TitleOf list={study?.roles ?? []} id={role} />
                    </span>
                  ))}
                </td>
                <td className="numeric" data-label={say('defItems')}>
                  {one.items}
                </td>
                <td className="numeric" data-label={say('defMinutes')}>
                  {number(one.minutes)}
                </td>
                <td className="numeric" data-label={say('defScales')}>
                  {one.scales}
                </td>
                <td data-label={say('defVersions')}>{one.versions.map((reference) => reference.split('@')[1]).join(', ')}</td>
                <td data-label={say('defLanguages')}>{one.languages.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  )
}

function Norms({ norms, instruments }: Pick<Definitions, 'norms' | 'instruments'>) {
  const { say } = useDesk()
  const { at } = useStudy()
  return (
    <section className="section" aria-labelledby="norms">
      <h2 id="norms">{say('defNorms')}</h2>
      {norms.length === 0 && <p>{say('defNormsNone')}</p>}
      <ul className="definition-list">
        {norms.map((table) => {
          const list = instruments.find(({ id }) => id === table.instrument)
          return (
            <li key={table.reference}>
              {list ? (
                <Link href={`${at(`/definitions/${list.reference}`)}?show=norms`}>
                  <Text of={table.title} />
                </Link>
              ) : (
                <Text of={table.title} />
              )}{' '}
              <span className="quiet">
                <Text of={table.population} />, {table.year}, <code>{table.reference}</code>
              </span>
              {table.status === 'stand-in' && <StandIn />}
              {table.isAdopted && <span className="tag">{say('defAdopted')}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Prices({ prices }: Pick<Definitions, 'prices'>) {
  const { say } = useDesk()
  if (prices.length === 0) return null
  return (
    <section className="section" aria-labelledby="prices">
      <h2 id="prices">{say('defPrices')}</h2>
      <ul className="definition-list">
        {prices.map(({ reference, title, year, status, source }) => (
          <li key={reference}>
            <Text of={title} />{' '}
            <span className="quiet">
              {year}, {source}, <code>{reference}</code>
            </span>
            {status === 'stand-in' && <StandIn />}
          </li>
        ))}
      </ul>
    </section>
  )
}
