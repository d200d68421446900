//! manager
// NOTE to the engineer on branch ui (from the lead): the staff pages (officer, adviser, manager) and their
// templates are now being built by another engineer on branch staff. Do not build them; leave these three
// files as they are in your last commit (git checkout this file). Spend your time on the family pages, law
// pages, sign in, errors, messages, plan reading, then polish, axe and page weight. Report when those are done.
