import { escapeHtml, page } from '../../kit/html.js';
import type { Visit } from '../visit.js';

/** What a rejected upload says, and where. */
export interface Complaints {
  /** HTML of boxes above the form. */
  readonly boxes?: string;
  /** HTML beside `#id_data`. */
  readonly data?: string;
  /** HTML beside `#id_delay` and `#id_system`. */
  readonly delay?: string;
  readonly system?: string;
}

/** The upload form (scc.md, 17.7), and rejections in it (17.8). */
export function uploadForm(visit: Visit, complaints: Complaints = {}): Response {
  const systems = [...new Set(visit.world.all().map(({ system }) => system))].sort((one, other) => one - other);
  const options = systems.map((system) => `<option value="${system}">Configuration ${system}</option>`);
  const action = escapeHtml(visit.href('data_processing/measurements/quick/'));
  const form = `<form method="post" enctype="multipart/form-data" action="${action}">
 <input type="hidden" name="csrfmiddlewaretoken" value="${visit.formToken()}">
 <div><label for="id_system">System</label><select name="system" id="id_system">${options.join('')}</select>${complaints.system ?? ''}</div>
 <div><label for="id_data">Data file</label><input type="file" name="data" id="id_data">${complaints.data ?? ''}</div>
 <div><input type="file" name="sounding_file" id="id_sounding_file"></div>
 <div><input type="file" name="overlap_file" id="id_overlap_file"></div>
 <div><input type="file" name="lidar_ratio_file" id="id_lidar_ratio_file"></div>
 <div><input type="number" name="delay" id="id_delay" value="0" min="0" max="96">${complaints.delay ?? ''}</div>
</form>`;
  const boxes = complaints.boxes === undefined ? '' : `${complaints.boxes}\n`;
  return visit.html(page('Quick upload', boxes + form));
}

/** `div.alert-box` with the reason in a `p`, or bare. */
export function alertBox(text: string, paragraph = true): string {
  return `<div class="alert-box alert">${paragraph ? `<p>${escapeHtml(text)}</p>` : escapeHtml(text)}</div>`;
}

/** A field error as the SCC words it: the line breaks after the kind of file. */
export function fieldError(text: string, paragraph = true): string {
  const broken = escapeHtml(text).replace(/ (?=Error:)/, '\n    ');
  return paragraph ? `\n   <p>${broken}</p>` : `\n   ${broken}`;
}
