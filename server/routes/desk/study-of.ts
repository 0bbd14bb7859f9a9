/** The study of the address; `authorise` has seen that it is there. */
export const studyOf = (request: { req: { param(name: string): string | undefined } }): string => request.req.param('study') ?? ''
