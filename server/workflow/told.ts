/** Who of the staff changes something, and why, as they say. It stands in the event beside what was done. */
export interface Told {
  /** Id of the account. */
  staff: string
  /** In their own words; never a name. */
  why: string
}
