import { differenceText } from '../definitions/difference-words.ts'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import type { AdoptionPreview } from './api.ts'

const whats = {
  'changes version': 'protocolAdoptChanges',
  'is added': 'protocolAdoptAdded',
  'is cancelled': 'protocolAdoptCancelled',
} as const

/** What another version would change, and in which lists. */
export function AdoptionShown({ preview: { changes, lines, cases, kept, ownMailTexts } }: { preview: AdoptionPreview }) {
  const { say, count } = useDesk()
  const { at } = useStudy()
  return (
    <div role="status">
      {changes.map(({ from, to, differences, notComparable, withoutNorm }) => (
        <div key={to}>
          <p>
            <strong>
              {from} → {to}
            </strong>
          </p>
          {differences.length === 0 && notComparable.length === 0 && <p>{say('defSame')}</p>}
          <ul>
            {differences.map((one) => (
              <li key={one.reason}>{differenceText(say, one)}</li>
            ))}
            {notComparable.map(({ id, reasons }) => (
              <li key={id}>
                {say('protocolAdoptNotComparable', { scale: id })} {reasons.map((one) => differenceText(say, one)).join('; ')}
              </li>
            ))}
          </ul>
          {withoutNorm.length > 0 && <p>{say('protocolAdoptWithoutNorm', { scales: withoutNorm.join(', ') })}</p>}
        </div>
      ))}
      {lines.length === 0 ? (
        <p>{say('protocolAdoptNothing')}</p>
      ) : (
        <>
          <p>{count('protocolAdoptLines', cases)}</p>
          <ul>
            {lines.map((line) => (
              <li key={JSON.stringify(line)}>
                {line.assignments} × {line.wave} {[line.from, line.to].filter(Boolean).join(' → ')}: {say(whats[line.what])}
              </li>
            ))}
          </ul>
        </>
      )}
      {kept > 0 && <p>{count('protocolAdoptKept', kept)}</p>}
      {ownMailTexts.length > 0 && (
        <p>
          {say('mailAdoptStands')} <Link href={at('/settings')}>{say('studyMails')}</Link>.
        </p>
      )}
    </div>
  )
}
