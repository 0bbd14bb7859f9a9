/** The respondent's page as a whole: who it is for, in which language, and which page of it is shown. */
import { type ComponentType, lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { ApiFailure } from '../ui/api.ts'
import { usePathname } from '../ui/navigation.ts'
import type { Translation } from '../ui/texts.ts'
import { getPacket, type Packet, putLanguage } from './api.ts'
import { Failed, Left, NotThere } from './calm/calm-pages.tsx'
import { Loading } from './calm/loading.tsx'
import { Mishap } from './calm/mishap.tsx'
import { Frame } from './frame.tsx'
import { PacketPages } from './packet/packet-pages.tsx'
import { leftIn, routeOf } from './route.ts'
import { Speaker } from './speaking.tsx'
import { languages, type RespondTexts, spokenLanguage } from './texts/languages.ts'

const loadListPage = () => import('./list/list-page.tsx')
const ListPage: ComponentType<{ id: string; packet: Packet; reload(): Promise<void> }> = lazy(async () => ({
  default: (await loadListPage()).ListPage,
}))

interface Spoken {
  language: string
  texts: Translation<RespondTexts>
}

/** The texts of a language; in Dutch when they cannot be fetched. */
async function speak(language: string): Promise<Spoken> {
  try {
    return { language, texts: await (languages[language] ?? languages.nl).load() }
  } catch {
    return { language: 'nl', texts: await languages.nl.load() }
  }
}

export function App() {
  const [spoken, setSpoken] = useState<Spoken | null>(null)
  const [packet, setPacket] = useState<Packet | null>(null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [left] = useState(takeLeft)
  const chosen = useRef<string | null>(null)
  const route = routeOf(usePathname())

  const show = useCallback(async (next: Packet) => {
    setSpoken(await speak(spokenLanguage([chosen.current ?? next.participant.language])))
    setPacket(next)
    setFailure(null)
    if (next.assignments.some(({ state }) => state !== 'completed')) afterPaint(loadListPage)
  }, [])

  const reload = useCallback(async () => {
    if (left !== null) return
    try {
      await show(await getPacket())
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
    }
  }, [left, show])

  const choose = useCallback((language: string) => {
    chosen.current = language
    void speak(language).then(setSpoken)
    // Remembered for the next wave; when that fails, this page speaks it all the same.
    putLanguage(language).catch(() => {})
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at the start.
  useEffect(() => {
    if (route.page === 'list') loadListPage().catch(() => {})
    const preferred = left === null ? navigator.languages : [left]
    void speak(spokenLanguage(preferred)).then((first) => setSpoken((known) => known ?? first))
    void reload()
  }, [])

  if (!spoken) return null
  const offered = (packet?.languages ?? Object.keys(languages))
    .filter((language) => Object.hasOwn(languages, language))
    .map((language) => ({ language, name: languages[language]?.name ?? language }))

  const page = (): ReactNode => {
    if (left !== null) return <Left />
    if (failure) return <Failed failure={failure} retry={reload} />
    if (!packet) return <Loading />
    if (route.page === 'unknown') return <NotThere />
    if (route.page !== 'list' || mustComeFirst(packet))
      return <PacketPages packet={packet} caseCode={route.page === 'case' ? route.code : null} show={show} reload={reload} />
    return (
      <Suspense fallback={<Loading />}>
        <ListPage key={route.id} id={route.id} packet={packet} reload={reload} />
      </Suspense>
    )
  }
  return (
    <Speaker {...spoken} offered={offered} choose={choose}>
      <Frame packet={packet}>
        <Mishap>{page()}</Mishap>
      </Frame>
    </Speaker>
  )
}

/** Consent, and the word that somebody stopped, come before any list. */
const mustComeFirst = ({ participant, consents }: Packet): boolean =>
  participant.state !== 'active' || consents.some(({ required, given }) => required && !given)

/** Whether this page was opened by logging out, and in which language; the address then becomes the plain one. */
function takeLeft(): string | null {
  const language = leftIn(location.search)
  if (language !== null) history.replaceState(null, '', location.pathname)
  return language
}

/** Fetches the list page while the overview is being read. */
function afterPaint(load: () => Promise<unknown>): void {
  setTimeout(() => load().catch(() => {}), 200)
}
