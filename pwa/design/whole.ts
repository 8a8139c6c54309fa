/** Every rule there is, for the rooms beside home. */
import './app.css';
