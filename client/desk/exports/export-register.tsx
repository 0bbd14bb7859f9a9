/** The register of exports: who took what, what for, whose answers in it were erased since, and what is destroyed. */
import { useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../shell/confirm-button.tsx'
import { useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import { useMayEverywhere } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { destroyed, fileAddress, type Registered } from './api.ts'

/** Beside what is kept of one person less is told: not who took it and what for. */
type Known = Pick<Registered, 'id' | 'madeAt' | 'via' | 'cases' | 'manifestSha256' | 'destroyedAt'>
type Listed = Registered | Known

const isWhole = (one: Listed): one is Registered => 'purpose' in one

export function ExportRegister({ exports, label }: { exports: Listed[]; label: string }) {
  const { say } = useDesk()
  const isLong = exports.some(isWhole)
  return (
    <Scrolling label={label}>
      <table className="definitions">
        <thead>
          <tr>
            <th scope="col">{say('studyExportMade')}</th>
            <th scope="col">{say('exportWho')}</th>
            {isLong && <th scope="col">{say('exportWhatFor')}</th>}
            {isLong && <th scope="col">{say('exportWhat')}</th>}
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

function Line({ one }: { one: Listed }) {
  const { say, count, moment, date, number } = useDesk()
  const whole = isWhole(one) ? one : null
  return (
    <tr>
      <th scope="row">{moment(one.madeAt)}</th>
      <td>{whole?.by ?? say(one.via === 'command' ? 'studyExportCommand' : 'studyExportDesk')}</td>
      {whole && <td>{whole.purpose ?? ''}</td>}
      {whole && (
        <td>
          {whole.tier === 'shared' && `${say('exportIsShared')}; `}
          {[...whole.layouts, ...whole.formats].join(', ')}
          {whole.filter !== null && `; ${say('exportIsPart')}`}
        </td>
      )}
      <td className="numeric">{number(one.cases)}</td>
      <td>
        <code title={one.manifestSha256}>{one.manifestSha256.slice(0, 12)}…</code>
      </td>
      <td>
        {whole && whole.erasedSince > 0 && one.destroyedAt === null && <strong>{count('exportErased', whole.erasedSince)} </strong>}
        {one.destroyedAt === null ? <Destroy one={one} /> : say('studyExportDestroyed', { date: date(one.destroyedAt) })}
        {whole?.job && <Take job={whole.job} madeAt={one.madeAt} />}
      </td>
    </tr>
  )
}

function Take({ job, madeAt }: { job: string; madeAt: string }) {
  const { say, moment } = useDesk()
  const { id } = useStudy()
  return (
    <>
      {' '}
      <a href={fileAddress(id, job)} download aria-label={say('exportTakeOf', { date: moment(madeAt) })}>
        {say('exportTake')}
      </a>
    </>
  )
}

/** For whoever may have answers removed: that all copies are gone. */
function Destroy({ one: { id: made, madeAt } }: { one: Listed }) {
  const { say, moment } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  if (!useMayEverywhere(id, 'remove answers')) return null
  return (
    <ConfirmButton
      label={say('studyExportDestroy')}
      about={say('studyExportDestroyOf', { date: moment(madeAt) })}
      ask={say('studyExportDestroyAsk')}
      act={() => destroyed(id, made, say('studyExportDestroy'))}
      then={() => void client.invalidateQueries()}
    />
  )
}
