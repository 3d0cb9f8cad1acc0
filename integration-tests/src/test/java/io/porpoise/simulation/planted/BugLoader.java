package io.porpoise.simulation.planted;

import java.net.URL;
import java.net.URLClassLoader;

/** Loads our classes anew, the planted ones first; everything else is shared. */
final class BugLoader extends URLClassLoader {
  private static final String OURS = "io.porpoise.";

  BugLoader(URL[] urls) {
    super(urls, BugLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }
}
