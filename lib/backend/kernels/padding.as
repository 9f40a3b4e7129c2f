// A copy of one image with a border of zeros.
//
// With it, no inner loop has to check for the image's edges.

/**
 * Bytes of the padded copy: (height + 2) * (max(width, 4) + 2) * channels
 * floats and 4 more, because some loops read whole vectors.
 */
export function paddedBytes(height: i32, width: i32, channels: i32): usize {
  const floats = (height + 2) * (max(width, 4) + 2) * channels + 4;
  return <usize>floats << 2;
}

/** Copies an image into its padded copy, whose border becomes zero. */
export function copyPadded(
  image: usize,
  height: i32,
  width: i32,
  channels: i32,
  padded: usize,
): void {
  const rowBytes = <usize>(width * channels) << 2;
  const stepBytes = <usize>((max(width, 4) + 2) * channels) << 2;
  let target = padded + stepBytes + (<usize>channels << 2);
  memory.fill(padded, 0, paddedBytes(height, width, channels));
  for (let row = 0; row < height; row++) {
    memory.copy(target, image, rowBytes);
    image += rowBytes;
    target += stepBytes;
  }
}
