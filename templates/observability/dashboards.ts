import type { Dashboard } from 'create-prod-forge/feature';

/** The dashboards whose sources are in `files/scripts/observability/dashboards`. */
export const dashboards: readonly Dashboard[] = [
  { uid: 'service', title: 'Service', question: 'Is the service well, and what is it short of?' },
  {
    uid: 'requests',
    title: 'Requests',
    question: 'Which routes are busy, which fail, and which are slow?',
  },
  {
    uid: 'database',
    title: 'Database',
    question: 'Is the database the reason: unreachable, slow, locked or full?',
  },
  {
    uid: 'slo',
    title: 'Objectives',
    question: 'Do we keep what we promise, and how much may still go wrong?',
  },
  {
    uid: 'deployments',
    title: 'Deployments',
    question: 'What runs where, and is it better or worse than what ran before?',
  },
  { uid: 'logs', title: 'Logs', question: 'What happened to this request, or on this route?' },
  {
    uid: 'infrastructure',
    title: 'Infrastructure',
    question: 'Is a machine or a container short of something, and does what watches them work?',
  },
];
