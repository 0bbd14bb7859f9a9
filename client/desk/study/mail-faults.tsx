import type { MailFault } from '../../../protocols/check-mail.ts'
import { useDesk } from '../shell/language.tsx'

/** What keeps the words of a mail from being sent, each with the part that it is in. */
export function MailFaults({ faults }: { faults: readonly MailFault[] }) {
  const { say } = useDesk()
  if (faults.length === 0) return null
  return (
    <ul className="dots">
      {faults.map((one) => (
        <li key={JSON.stringify(one)}>
          {say('mailFaultIn', { field: say(one.field === 'subject' ? 'studyMailSubject' : 'mailBody'), fault: faultText(say, one) })}
        </li>
      ))}
    </ul>
  )
}

function faultText(say: ReturnType<typeof useDesk>['say'], one: MailFault): string {
  switch (one.fault) {
    case 'empty':
      return say('mailFaultEmpty')
    case 'long':
      return say('mailFaultLong', { limit: one.limit })
    case 'placeholder':
      return say('mailFaultPlaceholder', { written: one.written, known: one.known.map((name) => `{${name}}`).join(' ') })
    case 'loose-brace':
      return say('mailFaultBrace')
    case 'lines':
      return say('mailFaultLines')
    case 'control':
      return say('mailFaultControl')
    case 'turned':
      return say('mailFaultTurned')
    case 'tag':
      return say('mailFaultTag')
    case 'links':
      return say('mailFaultLinks', { link: '{link}', count: one.count })
    case 'address':
      return say('mailFaultAddress', { link: '{link}' })
  }
}
