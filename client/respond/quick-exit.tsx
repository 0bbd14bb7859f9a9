/** The way out in a hurry, always in sight, for people who may be watched. Pressing Escape twice does the same. */
import { type MouseEvent, useEffect, useRef } from 'react'
import { PostButton } from '../ui/post-button.tsx'
import { leaveQuickly } from './leave-quickly.ts'
import { leavingPath } from './route.ts'
import { useSpeaking } from './speaking.tsx'

/** Milliseconds within which Escape has to be pressed a second time. */
const twice = 1500

export function QuickExit({ address }: { address: string }) {
  const { say } = useSpeaking()
  const link = useRef<HTMLAnchorElement>(null)
  // Until this page is ready the server's own small script watches the link; see server/pages/quick-exit.ts.
  useEffect(() => link.current?.removeAttribute('data-quick-exit'), [])
  useEffect(() => {
    let last = Number.NEGATIVE_INFINITY
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.repeat) return
      if (event.timeStamp - last < twice) void leaveQuickly(address)
      last = event.timeStamp
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [address])

  const leave = (event: MouseEvent) => {
    event.preventDefault()
    void leaveQuickly(address)
  }
  return (
    <aside className="quick-exit" aria-label={say('quickExit')}>
      <p className="quick-exit-key">{say('quickExitKey')}</p>
      <a ref={link} className="button" href={address} rel="noreferrer" data-quick-exit onClick={leave}>
        {say('quickExit')}
      </a>
      {/* Where scripts are off the link gives way to a button that ends the session, too; see respond.css. */}
      <div className="quick-exit-plain">
        <PostButton className="button" action={leavingPath} field={['away', '1']} step="away" onClick={() => void leaveQuickly(address)}>
          {say('quickExit')}
        </PostButton>
      </div>
    </aside>
  )
}
