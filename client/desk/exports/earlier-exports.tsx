import { useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import { useStudy } from '../shell/study.tsx'
import { fileAddress, type Registered } from './api.ts'

/** The register: who took what, what for, and whose answers in it were erased since. */
export function EarlierExports({ exports }: { exports: Registered[] }) {
  const { say } = useDesk()
  return (
    <section className="section">
      <h2>{say('exportEarlier')}</h2>
      {exports.length === 0 ? <p>{say('exportNone')}</p> : <Register exports={exports} />}
    </section>
  )
}

function Register({ exports }: { exports: Registered[] }) {
  const { say } = useDesk()
  return (
    <Scrolling label={say('exportEarlier')}>
      <table className="definitions">
        <thead>
          <tr>
            <th scope="col">{say('studyExportMade')}</th>
            <th scope="col">{say('exportWho')}</th>
            <th scope="col">{say('exportWhatFor')}</th>
            <th scope="col">{say('exportWhat')}</th>
            <th scope="col" className="numeric">
              {say('studyExportCases')}
            </th>
            <th scope="col">{say('studyExportManifest')}</th>
            <th scope="col">{say('studyExportState')}</th>
          </tr>
        </thead>
        <tbody>
          {exports.map((one) => (
            <Line key={one.id} one={one} />
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}

function Line({ one }: { one: Registered }) {
  const { say, count, moment, date, number } = useDesk()
  const { id } = useStudy()
  return (
    <tr>
      <th scope="row">{moment(one.madeAt)}</th>
      <td>{one.by ?? say(one.via === 'command' ? 'studyExportCommand' : 'studyExportDesk')}</td>
      <td>{one.purpose ?? ''}</td>
      <td>
        {one.tier === 'shared' && `${say('exportIsShared')}; `}
        {[...one.layouts, ...one.formats].join(', ')}
        {one.filter !== null && `; ${say('exportIsPart')}`}
      </td>
      <td className="numeric">{number(one.cases)}</td>
      <td>
        <code title={one.manifestSha256}>{one.manifestSha256.slice(0, 12)}…</code>
      </td>
      <td>
        {one.erasedSince > 0 && one.destroyedAt === null && <strong>{count('exportErased', one.erasedSince)} </strong>}
        {one.destroyedAt !== null && say('studyExportDestroyed', { date: date(one.destroyedAt) })}
        {one.job !== null && (
          <a href={fileAddress(id, one.job)} download aria-label={say('exportTakeOf', { date: moment(one.madeAt) })}>
            {say('exportTake')}
          </a>
        )}
      </td>
    </tr>
  )
}
