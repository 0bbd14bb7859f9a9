/** Each of the states in which there is nothing to fill in. */
import { useEffect, useState } from 'react'
import type { ApiFailure } from '../../ui/api.ts'
import { follow } from '../../ui/navigation.ts'
import { packetPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import { CalmPage } from './calm-page.tsx'
import { calmState } from './calm-state.ts'

/** What the server refused, in words for whoever came here. */
export function Failed({ failure, retry }: { failure: ApiFailure; retry(): Promise<void> }) {
  const { say } = useSpeaking()
  const { name, todo } = calmState(failure)
  return (
    <CalmPage title={say(`${name}Title`)} text={[say(name)]}>
      {todo === 'retry' && <RetryButton retry={retry} />}
      {todo === 'packet' && <PacketLink />}
    </CalmPage>
  )
}

export function NotThere() {
  const { say } = useSpeaking()
  return (
    <CalmPage title={say('unknownTitle')} text={[say('unknown')]}>
      <PacketLink />
    </CalmPage>
  )
}

export function Left() {
  const { say } = useSpeaking()
  return <CalmPage title={say('leftTitle')} text={[say('left')]} />
}

function PacketLink() {
  const { say } = useSpeaking()
  return (
    <a className="button button-primary" {...follow(packetPath)}>
      {say('toPacket')}
    </a>
  )
}

/** Tries again when asked, and by itself when the network comes back. */
function RetryButton({ retry }: { retry(): Promise<void> }) {
  const { say } = useSpeaking()
  const [isTrying, setTrying] = useState(false)
  const attempt = () => {
    setTrying(true)
    void retry().finally(() => setTrying(false))
  }
  useEffect(() => {
    const again = () => void retry()
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [retry])
  return (
    <button type="button" className="button button-primary" aria-disabled={isTrying} onClick={() => !isTrying && attempt()}>
      {isTrying ? say('loading') : say('tryAgain')}
    </button>
  )
}
