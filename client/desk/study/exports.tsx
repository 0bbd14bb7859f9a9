import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../shell/confirm-button.tsx'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import { useMayEverywhere } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import * as api from './api.ts'

/** Every export that was made, so that it is found when somebody in it has their answers erased. */
export function Exports() {
  const { say } = useDesk()
  const { id } = useStudy()
  const query = useQuery(api.exportsQuery(id))
  return (
    <section className="section">
      <h2 id="exports">{say('studyExports')}</h2>
      <p>{say('studyExportsLead')}</p>
      <Fetched query={query}>
        {({ exports }) => (exports.length === 0 ? <p className="alert">{say('studyExportsNone')}</p> : <ExportTable exports={exports} />)}
      </Fetched>
    </section>
  )
}

type Listed = Pick<api.Export, 'id' | 'madeAt' | 'via' | 'cases' | 'manifestSha256' | 'destroyedAt'>

/** Also beside what is kept of one person: there those with their family only. */
export function ExportTable({ exports }: { exports: Listed[] }) {
  const { say, moment, date, number } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const mayRemove = useMayEverywhere(id, 'remove answers')
  return (
    <Scrolling label={say('studyExports')}>
      <table className="definitions">
        <thead>
          <tr>
            <th scope="col">{say('studyExportMade')}</th>
            <th scope="col">{say('studyExportBy')}</th>
            <th scope="col" className="numeric">
              {say('studyExportCases')}
            </th>
            <th scope="col">{say('studyExportManifest')}</th>
            <th scope="col">{say('studyExportState')}</th>
          </tr>
        </thead>
        <tbody>
          {exports.map((one) => (
            <tr key={one.id}>
              <th scope="row">{moment(one.madeAt)}</th>
              <td>{say(one.via === 'command' ? 'studyExportCommand' : 'studyExportDesk')}</td>
              <td className="numeric">{number(one.cases)}</td>
              <td>
                <code title={one.manifestSha256}>{one.manifestSha256.slice(0, 12)}…</code>
              </td>
              <td>
                {one.destroyedAt !== null ? (
                  say('studyExportDestroyed', { date: date(one.destroyedAt) })
                ) : mayRemove ? (
                  <ConfirmButton
                    label={say('studyExportDestroy')}
                    about={say('studyExportDestroyOf', { date: moment(one.madeAt) })}
                    ask={say('studyExportDestroyAsk')}
                    act={() => api.destroyed(id, one.id, say('studyExportDestroy'))}
                    then={() => void client.invalidateQueries()}
                  />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}
