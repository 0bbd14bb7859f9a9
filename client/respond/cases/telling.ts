import { useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import type { Packet } from '../api.ts'

interface Telling {
  /** Sends once, and shows what came of it; a refusal that `onRefused` takes care of (it returns true) is not told otherwise. */
  tell(send: () => Promise<Packet>, onRefused?: (failure: ApiFailure) => boolean): Promise<void>
  isSending: boolean
  hasFailed: boolean
}

/** Tells the server something about a case, from a page with one button for it. `onTold`: before what came of it is shown. */
export function useTelling(show: (packet: Packet) => Promise<void>, reload: () => Promise<void>, onTold: () => void): Telling {
  const [isSending, setSending] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  return {
    isSending,
    hasFailed,
    async tell(send, onRefused = () => false) {
      if (isSending) return
      setSending(true)
      setFailed(false)
      try {
        const packet = await send()
        onTold()
        await show(packet)
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error
        // It was done already, in another window perhaps: show what holds now.
        if (['no-session', 'participant-stopped', 'case-unknown'].includes(error.code)) await reload()
        else if (!onRefused(error)) setFailed(true)
      } finally {
        setSending(false)
      }
    },
  }
}
