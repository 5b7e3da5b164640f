@echo off
rem The gatun command line, from any folder. Builds it first where it is not built, or is older than its
rem sources. GATUN_OPTS holds further JVM flags.
setlocal enableextensions
set "ROOT=%~dp0.."
set "TARGET=%ROOT%\demo\target"
set "STAMP=%TARGET%\built"

call :find_jdk
if not defined JDK (
  echo Gatun needs a JDK 25 and found none: install one ^(winget install EclipseAdoptium.Temurin.25.JDK^), or point JAVA_HOME at it 1>&2
  exit /b 1
)
set "JAVA_HOME=%JDK%"

call :is_current
if errorlevel 1 (
  call :build
  if errorlevel 1 exit /b 1
)

for %%J in ("%TARGET%\gatun-demo-*.jar") do set "JAR=%%~fJ"
for %%J in ("%TARGET%\lib\openblas-*.jar") do set "OPENBLAS=%%~fJ"
rem OpenBLAS's jar is data: its module descriptor asks for JavaCPP, so it stays on the class path.
"%JAVA_HOME%\bin\java.exe" ^
  --module-path "%JAR%;%TARGET%\lib" ^
  --class-path "%OPENBLAS%" ^
  --add-modules jdk.incubator.vector ^
  --enable-native-access=dev.gatun.natives,dev.gatun.bindings,dev.gatun.runtime,org.jline.nativ ^
  %GATUN_OPTS% ^
  --module dev.gatun.demo/dev.gatun.demo.Main %*
exit /b %ERRORLEVEL%

:find_jdk
set "JDK="
if defined JAVA_HOME call :try "%JAVA_HOME%"
if defined JAVA25_HOME call :try "%JAVA25_HOME%"
for /d %%D in (
  "%ProgramFiles%\Eclipse Adoptium\jdk-25*"
  "%ProgramFiles%\Java\jdk-25*"
  "%ProgramFiles%\Microsoft\jdk-25*"
  "%ProgramFiles%\Zulu\zulu-25*"
  "%ProgramFiles%\Amazon Corretto\jdk25*"
  "%ProgramFiles%\BellSoft\LibericaJDK-25*"
  "%USERPROFILE%\.jdks\*25*"
) do call :try "%%~fD"
for /f "delims=" %%P in ('where javac 2^>nul') do call :try "%%~dpP.."
exit /b 0

:try
if defined JDK exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
findstr /b /r /c:"JAVA_VERSION=.25" "%~1\release" >nul 2>&1 && set "JDK=%~1"
exit /b 0

:is_current
if not exist "%STAMP%" exit /b 1
powershell -NoProfile -Command "$built = (Get-Item $env:STAMP).LastWriteTime; $changed = 'native','bindings','runtime','nn','demo' | ForEach-Object { Get-Item (Join-Path $env:ROOT ($_ + '\pom.xml')); Get-ChildItem -Recurse (Join-Path $env:ROOT ($_ + '\src\main')) } | Where-Object LastWriteTime -gt $built; if ($changed -or (Get-Item (Join-Path $env:ROOT 'pom.xml')).LastWriteTime -gt $built) { exit 1 }"
exit /b %ERRORLEVEL%

:build
where mvn >nul 2>&1
if errorlevel 1 (
  echo gatun: Maven was not found: install Maven 3.8.7 or newer to build 1>&2
  exit /b 1
)
echo gatun: building ^(a minute or two the first time^) 1>&2
if not exist "%TARGET%" mkdir "%TARGET%"
rem A source changed while this runs must be newer than the stamp.
type nul > "%STAMP%.new"
pushd "%ROOT%"
set "MAVEN_OPTS=%MAVEN_OPTS% --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
call mvn -q -B -Dmaven.test.skip=true -pl demo -am package 1>&2
set "FAILED=%ERRORLEVEL%"
popd
if not "%FAILED%"=="0" exit /b %FAILED%
move /y "%STAMP%.new" "%STAMP%" >nul
exit /b 0
