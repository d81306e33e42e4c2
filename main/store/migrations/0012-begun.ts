/** Whether anybody can have got a message already: the end of a sending is written down after it, so only its beginning tells. */
export const begun = /* sql */ `
alter table notifications add column begun integer not null default 0; -- 1: was handed to its channel
update notifications set begun = 1 where state = 'sent' or attempts > 0;
`
