/** The list is in, and there is another: on to that one, or a break. After the last one the overview says thanks. */

import { useState } from 'react'
import { follow } from '../../ui/navigation.ts'
import { wordsIn } from '../../ui/words.ts'
import { whomIn } from '../about-whom.tsx'
import type { Packet } from '../api.ts'
import { BreakPage } from '../break/break-page.tsx'
import { isTimeForBreak } from '../break/visit.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { lasting } from '../lasting.ts'
import { listPath, packetPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'

export function SentPage({ next, packet }: { next: string; packet: Packet }) {
  const speaking = useSpeaking()
  const { say, language } = speaking
  const [isBreak] = useState(() => isTimeForBreak(packet))
  const following = packet.assignments.find(({ id }) => id === next)
  const called = following && { list: wordsIn(following.title, language).text, minutes: lasting(speaking, following.minutes) }
  if (following && isBreak) return <BreakPage next={following.id} packet={packet} />
  const text = called
    ? [
        say('sent'),
        packet.cases.length > 1
          ? say('nextListCase', { ...called, code: following.caseCode ?? '' })
          : following.about === null
            ? say('nextList', called)
            : say('nextListAbout', { ...called, person: whomIn(following.about, language).text }),
        say('pauseFirst'),
      ]
    : [say('sent')]
  return (
    <CalmPage title={say('sentTitle')} text={text}>
      {following && (
        <a className="button button-primary" {...follow(listPath(following.id))}>
          {say('toNextList')}
        </a>
      )}
      <a className={following ? 'button' : 'button button-primary'} {...follow(packetPath)}>
        {following ? say('later') : say('toPacket')}
      </a>
    </CalmPage>
  )
}
