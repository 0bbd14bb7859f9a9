import { follow } from '../../ui/navigation.ts'
import type { Packet } from '../api.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { packetPath } from '../route.ts'
import type { CaseLists } from './case-lists.ts'
import { useCaseWords } from './case-words.ts'

/** The case went to a colleague, or is nobody's for the moment: nothing is asked about it any more. */
export function GonePage({ one, packet }: { one: CaseLists; packet: Packet }) {
  const { say, lang } = useCaseWords()
  const { code } = one
  const { contact } = packet.study
  const isHandedOver = one.state === 'handed over'
  return (
    <div lang={lang}>
      <CalmPage
        title={isHandedOver ? say('handedOverTitle', { code }) : say('leftTitle')}
        text={[isHandedOver ? say('handedOver') : say('left', { code }), say('wrongAfterAll', { contact })]}
      >
        <a className="button button-primary" {...follow(packetPath)}>
          {say('back')}
        </a>
      </CalmPage>
    </div>
  )
}
