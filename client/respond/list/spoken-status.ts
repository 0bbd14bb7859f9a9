import { useEffect, useRef, useState } from 'react'
import type { SaveStatus } from '../saving/save-queue.ts'
import { useSpeaking } from '../speaking.tsx'

type Spoken = 'saveSaved' | 'offline' | 'saveFailing' | 'savedAgain'

/** What a live region says of saving: the first time that it worked, when it stops working, and when it works again. Not each answer. */
export function useSpokenStatus(status: SaveStatus): string {
  const { say } = useSpeaking()
  const isFailing = useRef(false)
  const [spoken, setSpoken] = useState<Spoken | null>(null)
  useEffect(() => {
    if (status === 'failing' || status === 'offline') {
      isFailing.current = true
      setSpoken(status === 'offline' ? 'offline' : 'saveFailing')
    } else if (status === 'saved') {
      const was = isFailing.current
      setSpoken((before) => (was ? 'savedAgain' : (before ?? 'saveSaved')))
      isFailing.current = false
    }
  }, [status])
  return spoken === null ? '' : say(spoken)
}
