/** An event that waits to be routed is found by its state: each index costs every event that comes in. */
export const intake = /* sql */ `
drop index events_unrouted;
`
