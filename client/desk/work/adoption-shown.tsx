import { differenceText } from '../definitions/difference-words.ts'
import { useDesk } from '../shell/language.tsx'
import { languageName } from '../shell/language-name.ts'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { MailFaults } from '../study/mail-faults.tsx'
import type { AdoptionPreview } from './api.ts'
import { ProtocolDifferences, useKindName, useMailName } from './protocol-differences.tsx'

const whats = {
  'changes version': 'protocolAdoptChanges',
  'is added': 'protocolAdoptAdded',
  'is cancelled': 'protocolAdoptCancelled',
} as const

const mailWhats = { 'is added': 'adoptMailsAdded', 'is moved': 'adoptMailsMoved', 'is cancelled': 'adoptMailsCancelled' } as const

/** What another version would change: in lists and mails of families, and in what the protocol says. */
export function AdoptionShown({ preview }: { preview: AdoptionPreview }) {
  const { say, count } = useDesk()
  const kindName = useKindName()
  const { changes, lines, cases, kept, mails, protocol, askedAnew, ownMailTexts } = preview
  return (
    <div role="status" className="adoption">
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
      {mails.length > 0 && (
        <ul>
          {mails.map(({ what, kind, mails: so }) => (
            <li key={`${what} ${kind}`}>{count(mailWhats[what], so, { kind: kindName(kind) })}</li>
          ))}
        </ul>
      )}
      {protocol.length > 0 && (
        <>
          <h3>{say('adoptProtocol')}</h3>
          <ProtocolDifferences of={protocol} />
        </>
      )}
      {askedAnew > 0 && <p className="alert">{count('adoptAskedAnew', askedAnew)}</p>}
      <OwnTexts of={ownMailTexts} />
    </div>
  )
}

/** The study's own words for mails that do not go well with it: each with why. */
function OwnTexts({ of: texts }: { of: AdoptionPreview['ownMailTexts'] }) {
  const { say, language } = useDesk()
  const { at } = useStudy()
  const mailName = useMailName()
  if (texts.length === 0) return null
  return (
    <>
      <h3>{say('adoptOwnMails')}</h3>
      <ul className="dots">
        {texts.map((one) => (
          <li key={`${one.template} ${one.language}`}>
            {mailName(one.template)} ({languageName(one.language, language)}){' '}
            {[
              one.roles.length === 0 && say('adoptOwnGone'),
              one.hasMoved && say('adoptOwnMoved'),
              one.problems.length > 0 && say('adoptOwnUnfit'),
            ]
              .filter(Boolean)
              .join('; ')}
            <MailFaults faults={one.problems} />
          </li>
        ))}
      </ul>
      <p>
        {say('adoptOwnLook')} <Link href={at('/settings')}>{say('studyMails')}</Link>.
      </p>
    </>
  )
}
