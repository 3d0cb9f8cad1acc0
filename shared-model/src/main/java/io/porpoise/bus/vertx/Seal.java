package io.porpoise.bus.vertx;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The last 32 bytes of a frame: HMAC-SHA256, keyed with the cluster's secret, of all before. */
final class Seal {
  static final int BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  /** A Mac is not safe to share, and costly to key: one for each event loop. */
  private final ThreadLocal<Mac> macs;

  Seal(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("cluster.secret is empty");
    }
    SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    macs = ThreadLocal.withInitial(() -> keyed(key));
  }

  void stamp(byte[] frame) {
    byte[] seal = of(frame);
    System.arraycopy(seal, 0, frame, frame.length - BYTES, BYTES);
  }

  boolean isGenuine(byte[] frame) {
    byte[] claimed = Arrays.copyOfRange(frame, frame.length - BYTES, frame.length);
    return MessageDigest.isEqual(of(frame), claimed);
  }

  private byte[] of(byte[] frame) {
    Mac mac = macs.get();
    mac.update(frame, 0, frame.length - BYTES);
    return mac.doFinal();
  }

  private static Mac keyed(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
    }
  }
}
