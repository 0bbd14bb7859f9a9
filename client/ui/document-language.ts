import { useEffect } from 'react'
import { directionOf } from './words.ts'

/** Tells browser and screen reader in which language the page is, and in which direction it runs. */
export function useDocumentLanguage(language: string): void {
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = directionOf(language)
  }, [language])
}
