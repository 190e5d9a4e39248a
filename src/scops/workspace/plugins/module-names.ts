const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/u));

/** Modules of Python 2.7 itself; they are found before any file of the plugin directory. */
export const STANDARD_MODULES =
  list(`abc aifc antigravity anydbm argparse array ast asynchat asyncore atexit audiodev audioop base64 bdb binascii binhex
bisect bsddb bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys commands compileall
compiler contextlib cookielib copy copy_reg crypt csv ctypes curses datetime dbhash decimal difflib dircache dis
distutils doctest dumbdbm dummy_thread dummy_threading email encodings ensurepip errno exceptions fcntl filecmp
fileinput fnmatch formatter fpformat fractions ftplib functools future_builtins gc genericpath getopt getpass gettext
glob grp gzip hashlib heapq hmac hotshot htmlentitydefs htmllib httplib idlelib ihooks imaplib imghdr imp importlib
imputil inspect io itertools json keyword lib2to3 linecache linuxaudiodev locale logging macpath macurl2path mailbox
mailcap markupbase marshal math md5 mhlib mimetools mimetypes mimify mmap modulefinder multifile multiprocessing mutex
netrc new nis nntplib ntpath nturl2path numbers opcode operator optparse os os2emxpath ossaudiodev parser pdb pickle
pickletools pipes pkgutil platform plistlib popen2 poplib posix posixfile posixpath pprint profile pstats pty pwd
py_compile pyclbr pydoc pydoc_data pyexpat quopri random re readline repr resource rexec rfc822 rlcompleter
robotparser runpy sched select sets sgmllib sha shelve shlex shutil signal site smtpd smtplib sndhdr socket spwd
sqlite3 sre sre_compile sre_constants sre_parse ssl stat statvfs string stringold stringprep strop struct subprocess
sunau sunaudio symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap this
thread threading time timeit toaiff token tokenize trace traceback ttk tty turtle types unicodedata unittest urllib
urllib2 urlparse user uu uuid warnings wave weakref webbrowser whichdb wsgiref xdrlib xml xmllib xmlrpclib xxsubtype
zipfile zipimport zlib`);

/** What lies beside the worker, or is installed with it; found before the plugin directory, too. */
export const WORKER_MODULES =
  list(`scops scops_bandmath scops_job_submission scops_process_apl_line scops_processing_cron
scops_qsub status_db arsf_dem numpy numexpr osgeo gdal gdalconst gdalnumeric gdal_array ogr osr`);

/** Modules of Python 3 that cannot be installed for Python 2.7. */
export const ONLY_PYTHON_3 = list(`asyncio dataclasses urllib.request urllib.parse urllib.error http.client http.server
http.cookies collections.abc concurrent.interpreters email.policy graphlib importlib.metadata importlib.abc tomllib zoneinfo
unittest.mock`);
