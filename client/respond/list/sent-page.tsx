/** The list is in, and there is another: on to that one, or a break. After the last one the overview says thanks. */
import { follow } from '../../ui/navigation.ts'
import { wordsIn } from '../../ui/words.ts'
import type { Packet } from '../api.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { listPath, packetPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'

export function SentPage({ next, packet }: { next: string; packet: Packet }) {
  const { say, count, language } = useSpeaking()
  const following = packet.assignments.find(({ id }) => id === next)
  const text = following
    ? [
        say('sent'),
        say('nextList', { list: wordsIn(following.title, language).text, minutes: count('minutes', Math.round(following.minutes)) }),
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
