import { useQuery } from '@tanstack/react-query'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { importsQuery } from './api.ts'

/** The files that were read in last, for whoever comes back and does not know what became of theirs. */
export function EarlierImports() {
  const { say, moment } = useDesk()
  const { id, at } = useStudy()
  const { data } = useQuery(importsQuery(id))
  if (!data || data.imports.length === 0) return null
  return (
    <section className="section">
      <h2>{say('importEarlier')}</h2>
      <div className="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('importWhen')}</th>
              <th scope="col">{say('importBy')}</th>
              <th scope="col">{say('importFamilies')}</th>
              <th scope="col">{say('importOutcome')}</th>
            </tr>
          </thead>
          <tbody>
            {data.imports.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <Link href={at(`/import?import=${one.id}`)}>{moment(one.startedAt)}</Link>
                </th>
                <td>{one.by}</td>
                <td className="numeric">{one.total}</td>
                <td>{say(`importIs_${one.state}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
