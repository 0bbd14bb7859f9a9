/** The respondent's page as a whole: who it is for, in which language, and which page of it is shown. */
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { fetchSurveyCore } from '../survey/starting-engine.ts'
import { ApiFailure } from '../ui/api.ts'
import { usePathname } from '../ui/navigation.ts'
import { getPacket, type Packet, putLanguage } from './api.ts'
import { Failed, Left, NotThere } from './calm/calm-pages.tsx'
import { Loading } from './calm/loading.tsx'
import { Mishap } from './calm/mishap.tsx'
import { Frame } from './frame.tsx'
import { ListPage } from './list/list-page.tsx'
import type { ListSession } from './list/list-session.ts'
import type { MissingItem } from './list/send-list.ts'
import { PacketPages } from './packet/packet-pages.tsx'
import { leftIn, routeOf } from './route.ts'
import { Speaker } from './speaking.tsx'
import { languages, type Spoken, speak, spokenLanguage } from './texts/languages.ts'

/** What the page begins with when the server has drawn it already. */
export interface AppStart {
  /** The address for which it was drawn. */
  path: string
  spoken: Spoken
  packet: Packet
  /** The list of that address. */
  session: ListSession | null
  /** Its questions that were left open when it was sent without a script. */
  missing: MissingItem[] | null
}

export function App({ start }: { start: AppStart | null }) {
  const [spoken, setSpoken] = useState<Spoken | null>(start?.spoken ?? null)
  const [packet, setPacket] = useState<Packet | null>(start?.packet ?? null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [left] = useState(() => (start ? null : takeLeft()))
  const chosen = useRef<string | null>(null)
  const route = routeOf(usePathname(start?.path))

  const show = useCallback(async (next: Packet) => {
    setSpoken(await speak(spokenLanguage([chosen.current ?? next.participant.language])))
    setPacket(next)
    setFailure(null)
    fetchForLater(next)
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
    if (start) return fetchForLater(start.packet)
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
    const opened = start?.session?.id === route.id ? start.session : null
    return (
      <ListPage
        key={route.id}
        id={route.id}
        packet={packet}
        opened={opened}
        left={opened && start ? start.missing : null}
        reload={reload}
      />
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

/** What a list needs, while the overview is being read. */
function fetchForLater({ assignments }: Packet): void {
  if (assignments.every(({ state }) => state === 'completed')) return
  setTimeout(() => fetchSurveyCore().catch(() => {}), 200)
}
