import { useEffect, useState } from 'react'
import { useSpeaking } from '../speaking.tsx'

/** Says nothing at first: most waiting is too short to read about. */
export function Loading() {
  const { say } = useSpeaking()
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 400)
    return () => clearTimeout(timer)
  }, [])
  return (
    <p role="status" className="loading">
      {isLong ? say('loading') : ''}
    </p>
  )
}
