/** A window over the page: the browser keeps the keyboard in it, Escape closes it, and the focus goes back to where it was. */
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { meQuery } from '../queries.ts'
import { useDesk } from './language.tsx'
import { useStaff } from './staff.tsx'

interface DialogProps {
  title: string
  close(): void
  children: ReactNode
}

export function Dialog({ title, close, children }: DialogProps) {
  const { say } = useDesk()
  const dialog = useRef<HTMLDialogElement>(null)
  const label = useId()
  const { data } = useQuery(meQuery)
  const { account } = useStaff()
  // While it is open nothing else on the page can be used: whoever has to sign in again, or signed in since, must be let through.
  const isShown = data?.stage === 'signed in' && (data.account === account || data.isDemonstration)
  /** It is closed by us: because it is gone, or because somebody has to sign in again. */
  const isOurs = useRef(false)
  // While it is still in the page: the browser gives the focus back to what had it, so that the next window finds it there, too.
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element || !isShown) return
    isOurs.current = false
    element.showModal()
    // What one came for, not the way out that stands before it.
    element.querySelector<HTMLElement>('.dialog-body :is(button, input, select, textarea)')?.focus()
    return () => {
      isOurs.current = true
      element.close()
      // What opened it may be gone, or have been a link from another page: then whoever works by keyboard goes on at the top of this one.
      const { activeElement } = document
      if (!activeElement || activeElement === document.body || element.contains(activeElement))
        document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
    }
  }, [isShown])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={label}
      onCancel={(event) => {
        // Else it is on its way out, and asked about there.
        if (!event.cancelable) return
        event.preventDefault()
        close()
      }}
      // A browser lets nobody prevent a second Escape; whoever does not want to lose what was typed has the window back.
      onClose={({ currentTarget: element }) => {
        if (isOurs.current) return
        close()
        setTimeout(() => element.isConnected && !element.open && element.showModal())
      }}
    >
      <div className="dialog-head">
        <h2 id={label}>{title}</h2>
        <button type="button" className="button-quiet" onClick={close}>
          {say('close')}
        </button>
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>
  )
}
