/**
 * Leaves in a hurry. What is on the page goes at once; then the session ends, and a page that anybody could have open takes the
 * place of this one in the history of the tab. Of the pages before it one entry is left without its name, behind which nobody is
 * logged in.
 */
import { stepsIn } from '../ui/navigation.ts'
import { closeSession } from './api.ts'
import { tellOtherTabs } from './other-tabs.ts'
import { forgetEverything, saveEverything } from './saving/savers.ts'

/** A save that has not come through by then may still do so while the other page is being fetched. */
const patience = 500

/** Where the way out leads, while the browser goes back to the first page of this visit. Gone as soon as it is there. */
const unfinished = 'leaving'

export async function leaveQuickly(address: string): Promise<void> {
  document.body.hidden = true
  document.title = ' '
  try {
    await Promise.race([saveEverything(), pause(patience)])
    forgetEverything()
    closeSession()
    tellOtherTabs()
    sessionStorage.setItem(unfinished, address)
    await cutHistory()
    // The page that is left in the history gets another name: that of the one which is shown now.
    document.title = new URL(address).hostname
    // Cuts off what lies ahead.
    history.pushState(null, '')
    sessionStorage.removeItem(unfinished)
  } finally {
    // Whatever goes wrong on the way, the way out is open.
    location.replace(address)
  }
}

/** Goes on with a way out that going back had cut off. Returns whether there was one. */
export function finishLeaving(): boolean {
  try {
    const address = sessionStorage.getItem(unfinished)
    if (address === null) return false
    sessionStorage.removeItem(unfinished)
    location.replace(address)
    return true
  } catch {
    // A browser that keeps nothing for pages: then there was nothing to go on with either.
    return false
  }
}

/** Goes back to the first page of this visit, and makes what came after it unreachable. */
async function cutHistory(): Promise<void> {
  const steps = stepsIn()
  if (steps === 0) return
  // The page that is gone back to is not drawn, or it would get its name back.
  const arrived = new Promise((resolve) => {
    const arrive = (event: Event) => {
      event.stopImmediatePropagation()
      resolve(null)
    }
    window.addEventListener('popstate', arrive, { capture: true, once: true })
  })
  history.go(-steps)
  await Promise.race([arrived, pause(patience)])
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
