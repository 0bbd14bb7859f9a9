/** Invitations that staff send once more, with a link of their own. */

/** `invitation 2`, `invitation 3`, ...: kinds of message beside those of a protocol, whose ids have no spaces. They are not planned. */
export const repeatKind = (number: number): string => `invitation ${number}`

export const isRepeat = (kind: string): boolean => /^invitation \d+$/.test(kind)

/** Whether a message of this kind invites, for the first time or once more. */
export const invites = (kind: string): boolean => kind === 'invitation' || isRepeat(kind)
