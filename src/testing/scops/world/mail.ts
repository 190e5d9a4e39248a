import { PythonError } from '../python/error.js';
import type { World } from './world.js';

const SENDER = 'nerc-arf-processing@pml.ac.uk';
const OPERATOR = 'nerc-arf-code@pml.ac.uk';

/** Sends one mail; raises where the mail server is down. */
function send(world: World, to: string, subject: string, text: string): void {
  if (!world.smtp) throw new PythonError('SMTPException: connection refused');
  world.outbox.push({ from: SENDER, to, subject, text, at: world.now });
}

/** Mails of the processing host go to the operator too, as separate copies. */
function sendWithCopy(world: World, to: string, subject: string, text: string): void {
  send(world, to, subject, text);
  send(world, OPERATOR, subject, text);
}

/** Mail 1: the link that confirms an order. */
export function mailConfirmation(world: World, to: string, configName: string, project: string): void {
  const link = `${world.settings.serverBase}/processor/confirm/${configName}?project=${project}`;
  send(
    world,
    to,
    'NERC-ARF web processor confirmation email',
    `A processing request with the reference ${configName} was made for this address.\n\n` +
      `Open the link below to confirm it; nothing is processed before.\n\n${link}\n\n` +
      'If you did not make the request, ignore this message.\n\nRegards,\nNERC-ARF\n',
  );
}

/** Mail 2: the order is in the queue. */
export function mailOrderProcessing(world: World, to: string, processingId: string, project: string): void {
  const link = `${world.settings.serverBase}/processor/status/${processingId}?&project=${project}`;
  sendWithCopy(
    world,
    to,
    `${processingId} order processing`,
    `Your order ${processingId} is being processed.\n\nIts progress can be followed at:\n\n${link}\n\nRegards,\nNERC-ARF\n`,
  );
}

/** Mail 3: the project archive is there. */
export function mailOrderComplete(world: World, to: string, processingId: string, project: string): void {
  const link = `${world.settings.serverBase}/processor/downloads/${processingId}?&project=${project}`;
  sendWithCopy(
    world,
    to,
    `${processingId} order complete`,
    `Your order ${processingId} is complete and can be downloaded at:\n\n${link}\n\n` +
      'The data are kept for two weeks.\n\nRegards,\nNERC-ARF\n',
  );
}

/** Mail 4: the elevation model is too small. Its link lacks the mount point (pitfall 22). */
export function mailDemError(world: World, to: string, processingId: string, project: string): void {
  const link = `${world.settings.serverBase}/dem_error/${processingId}?project=${project}`;
  sendWithCopy(
    world,
    to,
    `${processingId} processing error`,
    `The elevation model uploaded for ${processingId} does not cover enough of the area.\n\n` +
      `Another one can be uploaded at:\n\n${link}\n\nRegards,\nNERC-ARF\n`,
  );
}
