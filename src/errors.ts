export * from './errors/access.js';
export * from './errors/base.js';
export * from './errors/http.js';
export * from './errors/job.js';
export * from './errors/not-found.js';
export * from './errors/rejected.js';
export * from './errors/transfer.js';
