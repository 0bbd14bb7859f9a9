/** The respondent's page as a whole: who it is for, in which language, and which page of it is shown. */
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { Removal } from '../survey/elements/records.tsx'
import { listForm } from '../survey/posting.ts'
import { fetchSurveyCore } from '../survey/starting-engine.ts'
import { ApiFailure } from '../ui/api.ts'
import { usePathname } from '../ui/navigation.ts'
import { FilledIn } from '../ui/post-button.tsx'
import { getPacket, type Packet, putLanguage } from './api.ts'
import { Failed, Left, NotThere } from './calm/calm-pages.tsx'
import { Loading } from './calm/loading.tsx'
import { Mishap } from './calm/mishap.tsx'
import type { Colleague } from './cases/colleague.ts'
import { Frame } from './frame.tsx'
import { EnterKey } from './list/enter-key.tsx'
import { ListPage, type ListTold } from './list/list-page.tsx'
import type { ListSession } from './list/list-session.ts'
import { PacketPages } from './packet/packet-pages.tsx'
import { leftIn, routeOf } from './route.ts'
import { saveEverything } from './saving/savers.ts'
import { Speaker } from './speaking.tsx'
import { languages, type Spoken, speak, spokenLanguage } from './texts/languages.ts'

/** What the page begins with when the server has drawn it already. */
export interface AppStart {
  /** The address for which it was drawn. */
  path: string
  spoken: Spoken
  /** Null where nobody is logged in. */
  packet: Packet | null
  /** Whether somebody just logged out. */
  hasLeft: boolean
  /** The list of that address. */
  session: ListSession | null
  /** What was to be said about it, or why there is nothing else to say. */
  told: ListTold
  /** A record of it of which it is asked whether it is to go. */
  removal: string | null
  /** To whom a case is to go, as it came without a script. */
  colleague: Colleague | null
  /** Something was left out of what came without a script. */
  isIncomplete: boolean
  /** What was said to purposes before our script was there. */
  consents: Record<string, boolean>
}

export function App({ start }: { start: AppStart | null }) {
  const [spoken, setSpoken] = useState<Spoken | null>(start?.spoken ?? null)
  const [packet, setPacket] = useState<Packet | null>(start?.packet ?? null)
  const [failure, setFailure] = useState<ApiFailure | null>(start && !start.packet ? start.told.failure : null)
  const [left] = useState(() => (start ? (start.hasLeft ? start.spoken.language : null) : takeLeft()))
  const chosen = useRef<string | null>(null)
  const path = usePathname(start?.path)
  const route = routeOf(path)

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

  const choose = useCallback(
    (language: string) => {
      chosen.current = language
      const speakIt = () => void speak(language).then(setSpoken)
      // Remembered for the next wave; when that fails, this page speaks it all the same.
      if (packet && packet.textsIn !== language) return void openIn(language).catch(speakIt)
      speakIt()
      putLanguage(language).catch(() => {})
    },
    [packet],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at the start.
  useEffect(() => {
    if (start?.hasLeft) takeLeft()
    if (start) return start.packet ? fetchForLater(start.packet) : undefined
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
      return <PacketPages packet={packet} route={route} show={show} reload={reload} start={start} />
    const startedId = start && idIn(start.path)
    const opened = start?.session?.id === route.id ? start.session : null
    return (
      <ListPage
        key={route.id}
        id={route.id}
        packet={packet}
        opened={opened}
        told={start && route.id === startedId ? start.told : null}
        reload={reload}
      />
    )
  }
  const drawn = start && isAnswering(start) ? start.session : null
  return (
    <Speaker {...spoken} offered={offered} choose={choose}>
      <FilledIn value={drawn ? listForm : null}>
        {drawn && <EnterKey isLast={drawn.engine.page().isLast} />}
        <Removal value={start?.removal ?? null}>
          <Frame packet={packet} path={path}>
            <Mishap>{page()}</Mishap>
          </Frame>
        </Removal>
      </FilledIn>
    </Speaker>
  )
}

/** Whether the page that was drawn is one of questions: what stands in it is to be kept by whatever is pressed. */
const isAnswering = ({ told }: AppStart): boolean => !told.missing && !told.held

const idIn = (path: string): string | null => {
  const route = routeOf(path)
  return route.page === 'list' ? route.id : null
}

/** Opens the page anew in a language whose texts are not here, once what is filled in is safe. Throws when that cannot be. */
async function openIn(language: string): Promise<void> {
  if (!(await saveEverything())) throw new Error('not everything could be saved')
  await putLanguage(language)
  location.replace(location.pathname)
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
