/** By what an export can be narrowed, by name. Without the code that does it: whoever only asks need not load that. */
export const filterNames = ['arms', 'cohorts', 'regions', 'waves', 'consents'] as const
