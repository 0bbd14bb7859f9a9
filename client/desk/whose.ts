/** Whose work this window holds: every change says so, and the server takes it for nobody else. */
let account: string | null = null

/** Called once somebody is signed in, and again when it is somebody else. */
export const worksAs = (id: string): void => {
  account = id
}

/** What tells the server by whom something was typed, whoever is signed in by the time that it arrives. */
export const workOf = (): Record<string, string> => (account === null ? {} : { 'x-account': account })
