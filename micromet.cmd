@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Starts Micromet from a checkout (and builds it on first use) or from a packaged folder.
rem The same as the file micromet; keep the two alike. Written for Windows 10 and later; NOT RUN yet.
rem Environment: MICROMET_JAVA (a JDK's folder), MICROMET_CACHE (folder), MICROMET_HEAP (default 512m).
setlocal EnableExtensions DisableDelayedExpansion
set "here=%~dp0"
set "here=%here:~0,-1%"

rem ---- A Java of at least 17.
set "home="
set "seen=none"
if defined MICROMET_JAVA (
  call :look_at "%MICROMET_JAVA%"
  if not defined home (
    call :fail "MICROMET_JAVA is %MICROMET_JAVA%, which is no JDK of version 17 or newer" "Set it to a JDK's folder, or unset it."
    exit /b 4
  )
)
if not defined home if defined JAVA_HOME call :look_at "%JAVA_HOME%"
if not defined home for /f "delims=" %%J in ('where java 2^>nul') do if not defined home call :look_at "%%~dpJ.."
if not defined home for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\jdk-*" "%ProgramFiles%\Java\jdk-*" "%ProgramFiles%\Microsoft\jdk-*") do if not defined home call :look_at "%%~D"
if not defined home (
  call :fail "Java 17 or newer is needed (found: %seen%)" "winget install EclipseAdoptium.Temurin.21.JDK, then open a new window."
  exit /b 4
)

rem ---- The program: beside this file, or in the checkout, built on first use.
if exist "%here%\lib\" (
  set "lib=%here%\lib"
  goto :found
)
set "target=%here%\micromet-cli\target\micromet"
set "lib=%target%\lib"
if exist "%target%\micromet.cmd" goto :found
if not exist "%here%\mvnw.cmd" (
  call :fail "%here% has neither lib nor mvnw.cmd" "Start the file micromet.cmd in its own folder."
  exit /b 4
)
if not exist "%home%\bin\javac.exe" (
  call :fail "%home% has no javac, so Micromet cannot be built" "Install a whole JDK, not only its runtime."
  exit /b 4
)
echo micromet: first use: building (libraries of about 250 MB are fetched once; some minutes) ... 1>&2
pushd "%here%"
set "JAVA_HOME=%home%"
call "%here%\mvnw.cmd" -q -B -DskipTests package 1>&2
set "built=%ERRORLEVEL%"
popd
if not "%built%"=="0" (
  call :fail "the build failed; its output is above" "Is the network up? To see all of it: mvnw -DskipTests package"
  exit /b 4
)
:found

rem ---- The cache folder, keyed by version.
set "version="
for %%F in ("%lib%\micromet-cli-*.jar") do set "version=%%~nF"
set "version=%version:micromet-cli-=%"
if defined MICROMET_CACHE (
  for %%C in ("%MICROMET_CACHE%") do set "cache=%%~fC"
) else (
  set "cache=%LOCALAPPDATA%\Micromet"
)
set "natives=%cache%\%version%\natives"

rem Some words end at once: they need no cache.
set "words="
if "%~1"=="" set "words=yes"
if "%~1"=="version" set "words=yes"
set "first=%~1"
if "%first:~0,1%"=="-" set "words=yes"
for %%W in (%*) do (
  if "%%~W"=="--help" set "words=yes"
  if "%%~W"=="-h" set "words=yes"
)

set "archive="
if not exist "%natives%\" mkdir "%natives%" 2>nul
set "probe=%natives%\probe.%RANDOM%"
(echo probe>"%probe%") 2>nul
if exist "%probe%" (
  del "%probe%"
  call :make_archive
) else (
  if not defined words if not "%~1"=="doctor" (
    call :fail "the cache folder %cache% cannot be written" "Set MICROMET_CACHE to a folder that you may write."
    exit /b 4
  )
)

rem Over before the optimising compiler would pay. A named archive that is not there would also
rem turn off the JDK's own.
set "light=%words%"
for %%L in (info download doctor) do if "%~1"=="%%L" set "light=yes"
set "speed="
if defined light set "speed=-XX:TieredStopAtLevel=1"
set "share="
if defined light if defined archive if exist "%archive%" set "share=-XX:SharedArchiveFile="%archive%""

if not defined MICROMET_HEAP set "MICROMET_HEAP=512m"
rem One OpenMP thread for each Java worker; more would only spin.
set "OMP_NUM_THREADS=1"
rem The JVM logs its own warnings to stdout, where results belong.
"%home%\bin\java.exe" -Xshare:auto -Xlog:disable "-Xmx%MICROMET_HEAP%" -XX:+UseSerialGC -XX:MaxDirectMemorySize=64g ^
  --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true ^
  "-Dorg.bytedeco.javacpp.cachedir=%natives%" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 ^
  "-Djna.tmpdir=%natives%" "-DZstdTempFolder=%natives%" ^
  "-Dmicromet.cache=%cache%" -Dmicromet.tty=false ^
  %share% %speed% -cp "%lib%\*" io.github.micromet.cli.Micromet %*
exit /b %ERRORLEVEL%

rem ---- Sets home and full if the folder holds a Java of at least 17.
:look_at
if not exist "%~f1\bin\java.exe" exit /b 1
set "full="
if exist "%~f1\release" for /f "usebackq tokens=2 delims==" %%V in (`findstr /b "JAVA_VERSION=" "%~f1\release"`) do set "full=%%~V"
if not defined full exit /b 1
set "seen=%full%"
for /f "delims=.+-" %%N in ("%full%") do if %%N GEQ 17 set "home=%~f1"
exit /b 0

rem ---- Class-data sharing: made once for each Java and Micromet; an empty file says do not try.
:make_archive
set "key=%home%%lib%"
set "key=%key::=%"
set "key=%key:\=_%"
set "key=%key: =_%"
set "archive=%cache%\%version%\classes-%full%-%key:~-60%.jsa"
if exist "%archive%" exit /b 0
"%home%\bin\java.exe" -Xshare:off "-XX:DumpLoadedClassList=%archive%.list" -XX:+UseSerialGC -cp "%lib%\*" io.github.micromet.cli.Micromet detect --help >nul 2>&1
"%home%\bin\java.exe" -Xshare:dump "-XX:SharedClassListFile=%archive%.list" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED "-XX:SharedArchiveFile=%archive%.new" -cp "%lib%\*" >nul 2>&1
if exist "%archive%.new" move /y "%archive%.new" "%archive%" >nul 2>&1
del "%archive%.list" 2>nul
exit /b 0

:fail
echo micromet: %~1 1>&2
echo   %~2 1>&2
exit /b 1
