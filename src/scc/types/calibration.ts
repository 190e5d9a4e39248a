/**
 * One calibration constant of one channel, field by field as the SCC's table shows it. The SCC states no units. A field that
 * cannot be read is `undefined`, and a warning of its page.
 */
export interface LidarConstant {
  /** The measurement that it comes from, such as `20220516aky0100`. */
  readonly measurementId: string | undefined;
  /** The SCC's number of the lidar channel, such as `493`. */
  readonly channelId: string | undefined;
  /** Number of the lidar configuration, as text; {@link Measurement.systemId} is the same as a number. */
  readonly systemId: string | undefined;
  /** The SCC's number of the product that it was derived for, such as `2051`; not an {@link SccProduct}. */
  readonly productId: string | undefined;
  /** Wavelength that the channel detects, such as `532`, which can only be nanometres. */
  readonly detectionWavelength: number | undefined;
  /** The constant itself, which turns the channel's signal into attenuated backscatter; such as `3.4e13`. */
  readonly lidarConstant: number | undefined;
  /** Statistical error of the constant. */
  readonly lidarConstantStatErr: number | undefined;
  /** Lower end of the height range that the signal was calibrated in. */
  readonly calibrationWindowBottom: number | undefined;
  /** Upper end of that range. */
  readonly calibrationWindowTop: number | undefined;
  /** Start of the profile that it was derived from (UTC, to the minute); the search is by it. */
  readonly profileStartTime: Date | undefined;
  /** End of that profile (UTC, to the minute). */
  readonly profileEndTime: Date | undefined;
  /** When the SCC created the entry (UTC, to the minute). */
  readonly creationDate: Date | undefined;
  /** Version of ELDA, the optical module of the chain, that derived it. */
  readonly eldaVersion: string | undefined;
}
