// A copy of one image with a border of zeros, so that no inner loop asks
// where the image ends.

/** Copies an image into the inside of its padded copy; borders stay. */
export function copyInside(
  image: usize,
  height: i32,
  width: i32,
  channels: i32,
  padded: usize,
  paddedWidth: i32,
): void {
  const rowBytes = <usize>(width * channels) << 2;
  const stepBytes = <usize>(paddedWidth * channels) << 2;
  let target = padded + stepBytes + (<usize>channels << 2);
  for (let row = 0; row < height; row++) {
    memory.copy(target, image, rowBytes);
    image += rowBytes;
    target += stepBytes;
  }
}
